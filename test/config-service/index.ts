// A local AWS Config over HTTP. `server` receives requests, `handleRequest` handles one and `runOperation` runs its
// operation. `operations/` contains the operations, `estate/` their data and `wire/` the protocols.
export { combineEstates } from './estate/combined.ts';
export { demoEstate } from './estate/demo/demoEstate.ts';
export { type EstateSize, generatedEstate } from './estate/generated.ts';
export { type ConfigService, type ConfigServiceOptions, startConfigService } from './server.ts';
