export { copyDiagnostics } from './copyDiagnostics.ts';
export { startStatus } from './features.ts';
export { mutePack, unmutePack } from './mute.ts';
