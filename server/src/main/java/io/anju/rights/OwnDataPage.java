package io.anju.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.anju.platform.http.Language;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A copy of somebody's data as a page to be read or printed: one document, nothing loaded from elsewhere, no script. */
final class OwnDataPage {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private static final JsonNode TITLES = titles();

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            body { font: 11pt/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em }
            h2 { margin-top: 2em; border-bottom: 1px solid #999 }
            dl { margin: .5em 0; padding-left: .8em; border-left: 2px solid #ddd }
            dt { float: left; clear: left; width: 12em; color: #444 }
            dd { margin-left: 12.5em; overflow-wrap: anywhere }
            .none { color: #666 }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            <p>%s</p>
            %s</body>
            </html>
            """;

    private OwnDataPage() {}

    /** @param json as {@link ExportService} wrote it */
    static String of(byte[] json, Language language) {
        var document = read(json);
        var english = language == Language.EN;
        var title = english ? "Everything that is held about you" : "本平台保存的您的个人信息";
        var body = new StringBuilder();
        document.path("sections").forEach(section -> section(body, section, language));
        return PAGE.formatted(
                language.tag(),
                title,
                title,
                (english ? "Made at " : "生成时间：")
                        + escape(document.path("madeAt").asText()),
                body);
    }

    private static void section(StringBuilder page, JsonNode section, Language language) {
        page.append("<h2>")
                .append(escape(title(section.path("kind").asText(), language)))
                .append("</h2>\n");
        if (section.path("rows").isEmpty()) {
            page.append("<p class=\"none\">")
                    .append(language == Language.EN ? "None." : "无。")
                    .append("</p>\n");
        }
        section.path("rows").forEach(row -> value(page, row, language));
    }

    private static void value(StringBuilder page, JsonNode value, Language language) {
        if (value.isObject()) {
            page.append("<dl>\n");
            value.properties().forEach(field -> {
                page.append("<dt>")
                        .append(escape(title(field.getKey(), language)))
                        .append("</dt><dd>");
                value(page, field.getValue(), language);
                page.append("</dd>\n");
            });
            page.append("</dl>\n");
        } else if (value.isArray()) {
            var separator = "";
            for (var each : value) {
                page.append(each.isContainerNode() ? "" : separator);
                value(page, each, language);
                separator = language == Language.EN ? ", " : "、";
            }
        } else {
            page.append(escape(value.asText()));
        }
    }

    /** The name of a kind or a field for people. */
    static String title(String name, Language language) {
        var title = TITLES.path(name).path(language == Language.EN ? "en" : "zh-CN");
        return title.isMissingNode() ? name : title.asText();
    }

    static boolean hasTitle(String name) {
        return TITLES.has(name);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static JsonNode read(byte[] json) {
        try {
            return PlainJson.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode titles() {
        try (InputStream in = OwnDataPage.class.getResourceAsStream("/rights/titles.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
