import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

/** The regions and accounts of each pack of the first file. */
function findPlaces(files: Readonly<Record<string, string>>): readonly string[] {
  const [[path = '', text = ''] = []] = Object.entries(files);
  const { packs } = indexTemplate({ path, text, files: new Map(Object.entries(files)) });
  return packs.map((pack) =>
    (pack.getPlacements?.() ?? []).map(({ region = '?', account = '?' }) => `${account}/${region}`).join(' '),
  );
}

const pack = (attributes = '') => `resource "aws_config_conformance_pack" "p" {\n  name = "same"\n${attributes}\n}\n`;
const providers = `provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias               = "eu"
  region              = local.region
  allowed_account_ids = ["111122223333"]
}
locals { region = "eu-west-1" }
`;

describe('getPlacements in Terraform', () => {
  it('finds the region of the provider', () => {
    assert.deepEqual(findPlaces({ 'main.tf': providers + pack() }), ['?/us-east-1']);
    assert.deepEqual(findPlaces({ 'main.tf': providers + pack('provider = aws.eu') }), ['111122223333/eu-west-1']);
    assert.deepEqual(findPlaces({ 'main.tf': providers + pack('provider = aws.unknown') }), ['?/?']);
    assert.deepEqual(findPlaces({ 'main.tf': pack() }), ['?/?']);
  });

  it('finds the region of the resource', () => {
    assert.deepEqual(findPlaces({ 'main.tf': providers + pack('region = "eu-north-1"') }), ['?/eu-north-1']);
    const regions = 'for_each = toset(["eu-north-1", "eu-west-1"])\n  region = each.key';
    assert.deepEqual(findPlaces({ 'main.tf': providers + pack(regions) }), ['?/eu-north-1 ?/eu-west-1']);
  });

  it('does not take the default of a variable for the region', () => {
    const variable = 'variable "region" { default = "us-east-1" }\n';
    assert.deepEqual(findPlaces({ 'main.tf': `${variable}${providers}${pack('region = var.region')}` }), ['?/?']);
    const tfvars = { 'terraform.tfvars': 'region = "eu-north-1"' };
    assert.deepEqual(findPlaces({ 'main.tf': `${variable}${providers}${pack('region = var.region')}`, ...tfvars }), [
      '?/eu-north-1',
    ]);
  });

  it('follows the providers of a module’s callers', () => {
    const root = `${providers}
module "us" {
  source = "./m"
}
module "eu" {
  source    = "./m"
  providers = { aws = aws.eu }
}
`;
    assert.deepEqual(findPlaces({ 'm/main.tf': pack(), 'main.tf': root }), ['?/us-east-1 111122223333/eu-west-1']);
    const named = 'variable "n" {}\nresource "aws_config_conformance_pack" "p" { name = var.n }';
    const calls = root.replaceAll('"./m"', '"./m"\n  n = "same"');
    assert.deepEqual(findPlaces({ 'main.tf': calls, 'm/main.tf': named }), ['?/us-east-1', '111122223333/eu-west-1']);
  });

  it('separates instances of different numbers', () => {
    const text = pack('count = var.a ? 1 : 0') + pack('count = var.a ? 0 : 1').replace('"p"', '"q"');
    const { packs } = indexTemplate({ path: 'main.tf', text });
    assert.equal(new Set(packs.map((each) => each.getPlacements?.()[0]?.group)).size, 2);
  });
});
