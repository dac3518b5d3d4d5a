package io.anju.complaint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.platform.http.RefusalForm;
import io.vertx.core.buffer.Buffer;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes documents in the two forms of Open311 GeoReport v2, and refusals, too. One tree gives both: an array is a list of
 * elements of its singular in XML, and what is null is an empty element there.
 */
final class GeoReport implements RefusalForm {
    static final String PREFIX = "/open311/";
    private static final String XML = "text/xml; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final Map<String, String> SINGULAR = Map.of(
            "services", "service",
            "service_requests", "request",
            "attributes", "attribute",
            "endpoints", "endpoint",
            "formats", "format",
            "errors", "error");

    @Override
    public String pathPrefix() {
        return PREFIX;
    }

    /** JSON where the path ends so; XML, which every program of the standard reads, everywhere else. */
    static boolean isJson(String path) {
        return path.endsWith(".json");
    }

    @Override
    public String mediaType(String path) {
        return isJson(path) ? JSON : XML;
    }

    @Override
    public Buffer write(String path, int status, String text) {
        var errors = JsonNodeFactory.instance.arrayNode();
        errors.addObject().put("code", status).put("description", text);
        return write("errors", errors, isJson(path));
    }

    Buffer write(String root, JsonNode content, boolean json) {
        return json ? Buffer.buffer(content.toString()) : Buffer.buffer(xml(root, content));
    }

    private static String xml(String root, JsonNode content) {
        var text = new StringWriter();
        try {
            var out = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            out.writeStartDocument("utf-8", "1.0");
            write(out, root, content);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter out, String name, JsonNode value) throws XMLStreamException {
        out.writeStartElement(name);
        if (value instanceof ArrayNode items) {
            for (var item : items) {
                write(out, SINGULAR.getOrDefault(name, "item"), item);
            }
        } else if (value.isObject()) {
            for (var field : value.properties()) {
                write(out, field.getKey(), field.getValue());
            }
        } else if (!value.isNull()) {
            out.writeCharacters(sound(value.asText()));
        }
        out.writeEndElement();
    }

    /** Without what XML has no way to say. */
    private static String sound(String text) {
        return text.codePoints()
                .filter(c ->
                        c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
