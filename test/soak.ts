import { finish, runMocha } from './mocha.ts';

// Runs the property-based tests for much longer. A failure prints its seed.
process.env.SOAK = '1';
process.env.SCHEDULES ??= '10000';
finish(await runMocha(['test/unit/templates/fuzz.test.ts', 'test/unit/tree/schedules.test.ts']));
