import { finish, runMocha } from './mocha.ts';

// The random tests at length: each prints its seed where it fails.
process.env.SOAK = '1';
process.env.SCHEDULES ??= '10000';
finish(await runMocha(['test/unit/templates/fuzz.test.ts', 'test/unit/tree/schedules.test.ts']));
