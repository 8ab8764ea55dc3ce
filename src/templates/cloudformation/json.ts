export { decodeEscapes, parseJson } from '../syntax/json.ts';
