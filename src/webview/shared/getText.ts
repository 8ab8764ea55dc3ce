/** The text of the field that sent an event. */
export const getText = ({ target }: Event): string =>
  target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
