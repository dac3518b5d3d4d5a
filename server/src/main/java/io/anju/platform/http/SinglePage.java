package io.anju.platform.http;

import io.anju.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page with its style and its scripts in one document, so that it goes on working when it is saved. The browser runs
 * these very texts, which the policy names by their hashes, and loads nothing else.
 */
record SinglePage(byte[] html, String contentSecurityPolicy) {
    private static final List<String> SCRIPTS = List.of("sha256.js", "publication.js", "page.js");

    /** Puts the files of a folder together; blocks. */
    static SinglePage load(String folder) {
        var style = text(folder + "verify.css");
        var script = SCRIPTS.stream().map(name -> text(folder + name)).collect(Collectors.joining());
        var html = text(folder + "index.html")
                .replace("<style></style>", "<style>" + style + "</style>")
                .replace("<script></script>", "<script>" + script + "</script>");
        return new SinglePage(
                html.getBytes(StandardCharsets.UTF_8),
                "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                        + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private static String text(String resource) {
        return new String(SitePages.read(resource), StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text)) + "'";
    }
}
