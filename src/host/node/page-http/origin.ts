/** Names under which a server on a loopback address is reached. Anything else is somebody's DNS pointing at us. */
const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"] as const;

export interface OriginOptions {
  readonly port: number;
  /** Further `Host` values, with port where it is not the scheme's own, for servers behind a name or a proxy. */
  readonly hosts?: readonly string[];
  /** Further pages that may connect, as `https://name[:port]`. */
  readonly origins?: readonly string[];
}

/** Which `Host` and `Origin` headers a server accepts. */
export interface OriginRules {
  acceptsHost(host: string | undefined): boolean;
  acceptsOrigin(origin: string | undefined): boolean;
}

/**
 * Browsers let any page open a WebSocket to any server and send the cookies along, so the origin is checked; and a name
 * that is made to resolve to 127.0.0.1 makes a foreign page "same origin", so the host is checked as well.
 */
export function createOriginRules(options: OriginOptions): OriginRules {
  const hosts = new Set([...LOOPBACK_NAMES.map((name) => `${name}:${options.port}`), ...(options.hosts ?? [])]);
  if (options.port === 80) for (const name of LOOPBACK_NAMES) hosts.add(name);
  const origins = new Set(options.origins ?? []);
  for (const host of hosts) {
    origins.add(`http://${host}`);
    origins.add(`https://${host}`);
  }
  return {
    acceptsHost: (host) => host !== undefined && hosts.has(host.toLowerCase()),
    acceptsOrigin: (origin) => origin !== undefined && origins.has(origin.toLowerCase()),
  };
}
