import { asRecord, isCount, isString } from '../../compliance/unknownValues.ts';
import { copyForms, type PanelMessage } from '../../webview/pack/protocol.ts';
import { exportFormats } from '../../webview/shared/protocol.ts';

/** Parses a message from the webview; undefined if it is invalid. Members that are not part of the message are dropped. */
export function parsePanelMessage(value: unknown): PanelMessage | undefined {
  const {
    type,
    rule,
    count,
    owner = '',
    hidesExceptions,
    resourceType,
    resourceId,
    text,
    format,
    rules,
    unfolded,
    filter,
    problem,
    action,
    as: form,
  } = asRecord(value);
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'cancel':
    case 'loadMore':
    case 'loadHistory':
    case 'loadOwners':
      return { type };
    case 'loadResources':
      if (!isString(rule) || !isCount(count) || !isString(owner)) return undefined;
      return { type, rule, count, ...(owner !== '' && { owner }) };
    case 'reevaluate':
      return isList(rules) ? { type, rules } : undefined;
    case 'openRule':
      return isString(rule) ? { type, rule } : undefined;
    case 'openResource':
      return isString(resourceType) && isString(resourceId) ? { type, resourceType, resourceId } : undefined;
    case 'resolve':
      return isString(problem) && isString(action) ? { type, problem, action } : undefined;
    case 'copy':
      return isString(text) ? { type, text } : undefined;
    case 'copyRule': {
      const as = copyForms.find((each) => each === form);
      return as && isString(rule) ? { type, rule, as } : undefined;
    }
    case 'copyResource':
      if (!isString(rule) || !isString(resourceType) || !isString(resourceId)) return undefined;
      return { type, rule, resourceType, resourceId };
    case 'copyMarkdown':
      if (!isString(filter) || !isList(rules) || !isList(unfolded) || !isString(owner)) return undefined;
      return {
        type,
        rules,
        unfolded,
        filter,
        ...(owner !== '' && { owner }),
        ...(hidesExceptions === true && { hidesExceptions }),
      };
    case 'export': {
      const exportFormat = exportFormats.find((each) => each === format);
      const isValid = exportFormat && isString(filter) && isList(rules);
      if (!isValid) return undefined;
      const { order, everything } = asRecord(value);
      return {
        type,
        format: exportFormat,
        rules,
        filter,
        ...(isString(order) && { order }),
        ...(everything === true && { everything }),
      };
    }
    default:
      return undefined;
  }
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isString);
