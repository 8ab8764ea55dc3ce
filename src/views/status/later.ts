export { copyDiagnostics } from '../diagnostics/copyDiagnostics.ts';
export { mutePack, unmutePack } from '../notifications/muteCommands.ts';
export { startStatus } from './statusFeatures.ts';
