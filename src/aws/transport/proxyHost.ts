/** Host and port of the proxy in the setting or else the environment, without its user name and password. */
export function getProxyHost(setting: string | undefined): string | undefined {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY } = process.env;
  const url = setting || https_proxy || HTTPS_PROXY || http_proxy || HTTP_PROXY;
  return url === undefined ? undefined : (URL.parse(url)?.host ?? undefined);
}
