package io.anju.platform.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Where a PostgreSQL database is and who logs in to it. */
public record DbAddress(String host, int port, String database, String user, String password) {
    private static final int DEFAULT_PORT = 5432;

    /** Reads {@code postgresql://user:password@host:port/database}; the port may be left out. */
    public static DbAddress parse(String url) {
        var uri = URI.create(url);
        var scheme = uri.getScheme();
        if (!"postgresql".equals(scheme) && !"postgres".equals(scheme)) {
            throw new IllegalArgumentException("must begin with postgresql://");
        }
        var host = uri.getHost();
        var path = uri.getRawPath();
        var login = uri.getRawUserInfo();
        if (host == null || path == null || path.length() < 2 || login == null) {
            throw new IllegalArgumentException("must look like postgresql://user:password@host:port/database");
        }
        var parts = login.split(":", 2);
        return new DbAddress(
                host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                decode(path.substring(1)),
                decode(parts[0]),
                parts.length == 2 ? decode(parts[1]) : "");
    }

    /** The same server, another database. */
    public DbAddress withDatabase(String name) {
        return new DbAddress(host, port, name, user, password);
    }

    /** The same database and user, another password. */
    public DbAddress withPassword(String other) {
        return new DbAddress(host, port, database, user, other);
    }

    /** The address in JDBC's spelling, without the login. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Leaves the password out, so that an address may be logged. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
