package io.anju.platform.http;

import io.anju.platform.config.Settings;
import java.time.Duration;
import java.util.Set;

/**
 * Where the API listens and what it takes from one client.
 *
 * @param port 0 for any free port
 * @param managementHost of health and metrics; not for the outside
 * @param eventLoops that serve the API
 * @param bodyMaxBytes of a JSON body
 * @param uploadMaxBytes of one uploaded file
 * @param uploadsInFlightMaxBytes that all uploads and large bodies under way may hold in memory together; beyond that the answer is 503
 * @param bodyTimeoutSeconds in which a request's body must have arrived
 * @param drainSeconds that running requests may take when the server is told to stop
 * @param callerRequestsPerMinute that one session may send
 * @param addressRequestsPerMinute that one address may send without a valid token; a whole neighbourhood may sit
 *     behind one address
 * @param costlyRequestsPerHour that one address may send to one costly operation, over all instances
 * @param patience of a read that waits for its turn; after that the answer is 503
 * @param trustedProxies how many proxies in front of this server append to {@code X-Forwarded-For}; 0 to ignore it
 * @param corsOrigins web origins whose pages may read answers; none by default
 */
public record HttpSettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        int eventLoops,
        int bodyMaxBytes,
        int uploadMaxBytes,
        long uploadsInFlightMaxBytes,
        long bodyTimeoutSeconds,
        long drainSeconds,
        int callerRequestsPerMinute,
        int addressRequestsPerMinute,
        int costlyRequestsPerHour,
        Duration patience,
        int trustedProxies,
        Set<String> corsOrigins) {
    /** What fits around a file in a multipart body: boundaries, part headers, form fields. */
    static final int MULTIPART_OVERHEAD_BYTES = 64 * 1024;

    /** After which a silent connection is closed. */
    static final int IDLE_SECONDS = 60;

    static final int READS_AT_ONCE = 32;
    private static final int READS_WAITING = 1_024;
    /** While somebody writes, or an office works. */
    private static final int READS_BESIDE = 2;
    /** After which a read gives its turn to the next. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);

    private static final int MIB = 1024 * 1024;

    public static HttpSettings of(Settings settings) {
        var listeners = settings.listeners();
        var traffic = settings.traffic();
        return new HttpSettings(
                listeners.httpHost(),
                listeners.httpPort(),
                listeners.managementHost(),
                listeners.managementPort(),
                listeners.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : listeners.eventLoops(),
                MIB,
                10 * MIB,
                128L * MIB,
                traffic.bodyTimeout().toSeconds(),
                listeners.drain().toSeconds(),
                traffic.callerRequests(),
                traffic.addressRequests(),
                traffic.costlyRequests(),
                Duration.ofMillis(settings.database().patienceMillis()),
                traffic.trustedProxies(),
                traffic.corsOrigins());
    }

    /**
     * Reads of the public and of residents that one instance works on at a time, and those that may wait for it. More at
     * once would not be done sooner: they share processors and the few connections of single statements with whoever
     * writes. While somebody writes, or an office works, they have no more than two of what is under way. To wait costs
     * half as much as to read one's own account, so an ordinary day's readers do not wait for each other.
     */
    Turns.Limits reads() {
        return new Turns.Limits(READS_AT_ONCE, READS_BESIDE, READS_WAITING, patience, LONGEST_READ);
    }
}
