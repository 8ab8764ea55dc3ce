import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { JsonShapeDeserializer2 } from '@smithy/core/protocols';

/**
 * The protocol of AWS Config, except that the members of responses keep the values of their JSON. The SDK rejects a
 * whole page for one time that it cannot parse; `convert.ts` checks every value, so that it costs only that value.
 */
export class LenientProtocol extends AwsJson1_1Protocol {
  protected override readonly deserializer = new JsonDeserializer({
    timestampFormat: { useTrait: true, default: 7 },
    jsonName: false,
  });
}

class JsonDeserializer extends JsonShapeDeserializer2 {
  protected override _read(_schema: unknown, value: unknown): unknown {
    return value;
  }
}
