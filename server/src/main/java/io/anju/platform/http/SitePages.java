package io.anju.platform.http;

import io.anju.platform.crypto.Sha256;
import io.anju.platform.problem.Catalogue;
import io.anju.platform.problem.ProblemDocument;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The contract, its documentation page, the schemas of policy documents and a page for each problem, all from memory and
 * without any outside host.
 */
public final class SitePages implements Pages {
    private static final String HTML = "text/html; charset=utf-8";
    /** Where whoever opens the bare address is sent. */
    private static final String HOME = "/docs";

    private static final String SHORT = "public, max-age=60";
    private static final String LONG = "public, max-age=86400";
    private static final String OWN_FILES_ONLY = "default-src 'self'; img-src 'self' data:; style-src 'self'"
            + " 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** What a city's own editor checks its documents with. */
    private static final List<String> POLICY_SCHEMAS = List.of("policy-document.schema.json", "city.schema.json");

    private static final String SWAGGER_UI = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final Map<String, Page> pages = new HashMap<>();

    private record Page(Buffer body, String mediaType, String etag, String cacheControl, String security) {}

    private SitePages() {}

    /** Reads everything that will be served; blocks. */
    public static SitePages load(Catalogue catalogue) {
        var site = new SitePages();
        site.add("/openapi.yaml", "/anju/contract/openapi.yaml", "application/yaml", SHORT);
        site.add("/openapi.json", "/anju/contract/openapi.json", "application/json", SHORT);
        site.add(HOME, "/docs/index.html", HTML, SHORT);
        site.add("/docs/docs.css", "/docs/docs.css", "text/css", SHORT);
        site.add("/docs/docs.js", "/docs/docs.js", "text/javascript", SHORT);
        for (String schema : POLICY_SCHEMAS) {
            site.add("/policy-schema/" + schema, "/policy-schema/" + schema, "application/schema+json", SHORT);
        }
        var webjar = webjar();
        site.add("/docs/swagger-ui.css", webjar + "swagger-ui.css", "text/css", LONG);
        site.add("/docs/swagger-ui-bundle.js", webjar + "swagger-ui-bundle.js", "text/javascript", LONG);
        site.add("/docs/favicon-32x32.png", webjar + "favicon-32x32.png", "image/png", LONG);
        var verify = SinglePage.load("/verify/");
        site.put("/verify", verify.html(), HTML, SHORT, verify.contentSecurityPolicy());
        var problems = new ProblemPages(catalogue);
        site.put("/problems", problems.all(), HTML, SHORT);
        for (Catalogue.Entry entry : catalogue.entries()) {
            site.put(ProblemDocument.TYPE_PREFIX + entry.id(), problems.one(entry), HTML, SHORT);
        }
        return site;
    }

    @Override
    public boolean serve(HttpServerRequest http, Language language) {
        boolean head = http.method() == HttpMethod.HEAD;
        if (!(head || http.method() == HttpMethod.GET)) {
            return false;
        }
        var response = http.response();
        if ("/".equals(http.path())) {
            response.setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, HOME)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end();
            return true;
        }
        var page = pages.get(http.path());
        if (page == null) {
            return false;
        }
        response.putHeader(HttpHeaders.ETAG, page.etag())
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .putHeader("Content-Security-Policy", page.security());
        if (page.etag().equals(http.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return true;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.mediaType());
        if (head) {
            response.putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            Integer.toString(page.body().length()))
                    .end();
        } else {
            response.end(page.body());
        }
        return true;
    }

    private void add(String path, String resource, String mediaType, String cacheControl) {
        put(path, read(resource), mediaType, cacheControl);
    }

    private void put(String path, byte[] body, String mediaType, String cacheControl) {
        put(path, body, mediaType, cacheControl, OWN_FILES_ONLY);
    }

    private void put(String path, byte[] body, String mediaType, String cacheControl, String security) {
        pages.put(path, new Page(Buffer.buffer(body), mediaType, etag(body), cacheControl, security));
    }

    private static String etag(byte[] body) {
        return '"' + HexFormat.of().formatHex(Sha256.of(body), 0, 12) + '"';
    }

    /** The folder of Swagger UI's files names its version, which only the build knows. */
    private static String webjar() {
        var properties = new Properties();
        try (InputStream in = open(SWAGGER_UI)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
    }

    static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static InputStream open(String resource) {
        var in = SitePages.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("missing from the jar: " + resource);
        }
        return in;
    }

    /** Pages that the {@code type} of a problem leads to: both languages on one page. */
    private record ProblemPages(Catalogue catalogue) {
        byte[] all() {
            var rows = new StringBuilder();
            for (Catalogue.Entry entry : catalogue.entries()) {
                rows.append("<tr><td><a href=\"")
                        .append(ProblemDocument.TYPE_PREFIX)
                        .append(entry.id())
                        .append("\"><code>")
                        .append(entry.id())
                        .append("</code></a></td><td>")
                        .append(entry.status())
                        .append("</td><td>")
                        .append(escape(entry.title().zhCn()))
                        .append("</td><td>")
                        .append(escape(entry.title().en()))
                        .append("</td></tr>");
            }
            return page("问题代码 · Problem codes", "<table><tbody>" + rows + "</tbody></table>");
        }

        byte[] one(Catalogue.Entry entry) {
            var title =
                    escape(entry.title().zhCn()) + " · " + escape(entry.title().en());
            return page(
                    title,
                    "<p><code>" + entry.id() + "</code> — HTTP " + entry.status() + "</p><p lang=\"zh-CN\">"
                            + escape(entry.detail().zhCn()) + "</p><p lang=\"en\">"
                            + escape(entry.detail().en())
                            + "</p><p><a href=\"/problems\">全部代码 · All codes</a></p>");
        }

        private static byte[] page(String title, String content) {
            return ("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + title
                            + "</title><link rel=\"stylesheet\" href=\"/docs/docs.css\"></head>"
                            + "<body><main class=\"problems\"><h1>" + title + "</h1>" + content
                            + "</main></body></html>")
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }
}
