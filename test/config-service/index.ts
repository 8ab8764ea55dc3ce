// A local AWS Config over HTTP. `server` takes requests, `exchange` answers one, `calls` runs its operation;
// `operations/` are the operations, `estate/` is what they tell of, `wire/` how it is said.
export { combineEstates } from './estate/combined.ts';
export { demoEstate } from './estate/demo/demoEstate.ts';
export { generatedEstate, type Size } from './estate/generated.ts';
export { type ConfigService, type ConfigServiceOptions, startConfigService } from './server.ts';
