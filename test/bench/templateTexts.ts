import { maxProgramLength } from '../../src/templates/language.ts';

/** A kind of document: a start, numbered parts and an end. */
interface Kind {
  readonly path: string;
  readonly start: string;
  part(index: number): string;
  readonly end: string;
  /** The maximum size in characters, if it is limited. */
  readonly maxSize?: number;
}

const bucketYaml = (index: number) => `  Bucket${index}:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain # kept for the auditors
    Properties:
      BucketName: !Sub "logs-\${Stage}-${index}"
      VersioningConfiguration: { Status: Enabled }
      Tags:
        - Key: owner
          Value: "platform team"
`;

const packYaml = (index: number) => `  Pack${index}:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: !Sub "\${Stage}-baseline-${index}"
      TemplateS3Uri: !Sub "s3://templates-\${AWS::Region}/baseline.yaml"
`;

const bucketJson = (index: number) => ({
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  Properties: {
    BucketName: { 'Fn::Sub': `logs-\${Stage}-${index}` },
    VersioningConfiguration: { Status: 'Enabled' },
    Tags: [{ Key: 'owner', Value: 'the "platform" team' }],
  },
});

const packJson = (index: number) => ({
  Type: 'AWS::Config::ConformancePack',
  Properties: {
    ConformancePackName: { 'Fn::Join': ['-', [{ Ref: 'Stage' }, `baseline-${index}`]] },
    TemplateS3Uri: { 'Fn::Sub': `s3://templates-\${AWS::Region}/baseline.yaml` },
  },
});

const bucketHcl = (index: number) => `resource "aws_s3_bucket" "logs_${index}" {
  bucket = "logs-\${var.stage}-${index}" # kept for the auditors
  tags = {
    owner = "platform team"
    stage = var.stage
  }
}

`;

const packHcl = (index: number) => `resource "aws_config_conformance_pack" "pack_${index}" {
  name            = "\${var.stage}-baseline-${index}"
  template_s3_uri = "s3://templates/baseline.yaml"
}

`;

const bucketProgram = (index: number) => `    const bucket${index} = new s3.Bucket(this, 'Bucket${index}', {
      bucketName: \`logs-\${stage}-${index}\`, // kept for the auditors
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Tags.of(bucket${index}).add('owner', "platform team");
`;

const packProgram = (index: number) => `    new config.CfnConformancePack(this, 'Pack${index}', {
      conformancePackName: \`\${stage}-baseline-${index}\`,
      templateS3Uri: 's3://templates/baseline.yaml',
    });
`;

const isPack = (index: number): boolean => index % 10 === 0;

const jsonLine = (key: string, value: unknown): string =>
  `    "${key}": ${JSON.stringify(value, null, 2).replaceAll('\n', '\n    ')},\n`;

/** In stacks and configurations, every tenth resource is a pack. */
const kinds: Readonly<Record<string, Kind>> = {
  'YAML stack': {
    path: 'stack.yaml',
    start: 'Parameters:\n  Stage:\n    Type: String\n    Default: dev\nResources:\n',
    part: (index) => (isPack(index) ? packYaml(index) : bucketYaml(index)),
    end: '',
  },
  'YAML rules': {
    path: 'rules.yaml',
    start: 'Resources:\n',
    part: (index) => `  Rule${index}:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: baseline-${index}
      Source:
        Owner: AWS
        SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED
`,
    end: '',
  },
  'JSON stack': {
    path: 'stack.json',
    start: '{\n  "Parameters": { "Stage": { "Type": "String", "Default": "dev" } },\n  "Resources": {\n',
    part: (index) =>
      isPack(index) ? jsonLine(`Pack${index}`, packJson(index)) : jsonLine(`Bucket${index}`, bucketJson(index)),
    end: '    "Last": { "Type": "AWS::SNS::Topic" }\n  }\n}\n',
  },
  'JSON rules': {
    path: 'rules.json',
    start: '{\n  "Resources": {\n',
    part: (index) =>
      jsonLine(`Rule${index}`, {
        Type: 'AWS::Config::ConfigRule',
        Properties: {
          ConfigRuleName: `baseline-${index}`,
          Source: { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_VERSIONING_ENABLED' },
        },
      }),
    end: '    "Last": { "Type": "AWS::Config::RemediationConfiguration" }\n  }\n}\n',
  },
  Terraform: {
    path: 'main.tf',
    start: 'variable "stage" {\n  default = "dev"\n}\n\n',
    part: (index) => (isPack(index) ? packHcl(index) : bucketHcl(index)),
    end: '',
  },
  TypeScript: {
    path: 'stack.ts',
    start:
      "const stage = 'dev';\n\nexport class Logs extends Stack {\n  constructor(scope: Construct) {\n    super(scope, 'Logs');\n",
    part: (index) => (isPack(index) ? packProgram(index) : bucketProgram(index)),
    end: '  }\n}\n',
    maxSize: maxProgramLength,
  },
};

export const templateKinds = Object.keys(kinds);

/** Creates a document of a kind with at most `size` characters. */
export function createTemplate(kind: string, size: number): { path: string; text: string } {
  const template = kinds[kind];
  if (template === undefined) throw new Error(`No kind ${kind}: choose from ${templateKinds.join(', ')}`);
  const { path, start, part, end, maxSize = size } = template;
  const limit = Math.min(size, maxSize) - end.length;
  let text = start;
  for (let index = 0, next = part(0); text.length + next.length <= limit; next = part(++index)) text += next;
  return { path, text: text + end };
}
