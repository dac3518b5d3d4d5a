package io.anju.platform.http;

/**
 * Where the API listens and what it takes from one client.
 *
 * @param port 0 for any free port
 * @param managementHost of health and metrics; not for the outside
 * @param instances event loops that serve the API; 0 for one per core
 * @param bodyMaxBytes of a JSON body
 * @param uploadMaxBytes of one uploaded file
 * @param uploadsInFlightMaxBytes that all uploads under way may hold in memory together; beyond that the answer is 503
 * @param bodyTimeoutSeconds in which a request's body must have arrived
 * @param idleTimeoutSeconds after which a silent connection is closed
 * @param callerRequestsPerMinute that one session may send
 * @param addressRequestsPerMinute that one address may send without a valid token; a whole neighbourhood may sit
 *     behind one address
 * @param trustedProxies how many proxies in front of this server append to {@code X-Forwarded-For}; 0 to ignore it
 */
public record HttpSettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        int instances,
        int bodyMaxBytes,
        int uploadMaxBytes,
        long uploadsInFlightMaxBytes,
        int bodyTimeoutSeconds,
        int idleTimeoutSeconds,
        int callerRequestsPerMinute,
        int addressRequestsPerMinute,
        int trustedProxies) {
    /** What fits around a file in a multipart body: boundaries, part headers, form fields. */
    static final int MULTIPART_OVERHEAD_BYTES = 64 * 1024;

    private static final int MIB = 1024 * 1024;

    /** The defaults, on these ports. */
    public static HttpSettings onPorts(int port, int managementPort) {
        return new HttpSettings(
                "0.0.0.0", port, "127.0.0.1", managementPort, 0, MIB, 10 * MIB, 128L * MIB, 20, 60, 600, 1200, 0);
    }

    /** The same with other allowances. */
    public HttpSettings withRequestsPerMinute(int caller, int address) {
        return new HttpSettings(
                host,
                port,
                managementHost,
                managementPort,
                instances,
                bodyMaxBytes,
                uploadMaxBytes,
                uploadsInFlightMaxBytes,
                bodyTimeoutSeconds,
                idleTimeoutSeconds,
                caller,
                address,
                trustedProxies);
    }
}
