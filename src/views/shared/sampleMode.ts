import type { Memento } from 'vscode';

const stateKey = 'packscope.sampleData';

let isShown = false;

/** Whether sample data is shown instead of the connections in the settings, which are not read meanwhile. */
export const isSampleShown = (): boolean => isShown;

/** Shows sample data if it was shown before a reload of the window. */
export const restoreSampleMode = (storage: Memento): void => {
  isShown = storage.get(stateKey) === true;
};

/** Changes what `settings.connections` returns, also after a reload of the window. Reset the estate afterwards. */
export const setSampleShown = async (storage: Memento, value: boolean): Promise<void> => {
  isShown = value;
  await storage.update(stateKey, value);
};
