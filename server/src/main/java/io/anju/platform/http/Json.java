package io.anju.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How JSON is read and written at the edge.
 *
 * <p>Reading is strict, because what two readers understand differently is where attacks live: a key given twice, text
 * after the document, nesting deeper than any honest document, and numbers of absurd length are all refused before a
 * field is looked at.
 */
public final class Json {
    static final int MAX_DEPTH = 32;
    static final int MAX_NUMBER_LENGTH = 40;
    static final int MAX_STRING_LENGTH = 1 << 20;
    static final int MAX_NAME_LENGTH = 200;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // field names come from outside: interning them would let a stranger fill the table of names
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // rare characters as they are, the way JsonOutput writes them
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);

    private Json() {}

    /** The one mapper of the server; never reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Gives the tree of a request's body; refuses with {@code malformed-json} what is not one JSON document. */
    public static JsonNode parse(Buffer body) {
        try {
            JsonNode tree = TREE.readValue(text(body));
            if (tree == null || tree.isMissingNode()) {
                throw Refusal.of(PlatformProblem.MALFORMED_JSON);
            }
            return tree;
        } catch (IOException e) {
            throw Refusal.of(PlatformProblem.MALFORMED_JSON);
        }
    }

    /**
     * The body as text, which must be UTF-8 in its only right form: Jackson's own decoder would guess UTF-16 and let
     * overlong forms pass, which smuggle characters past whoever looked at the bytes before.
     */
    private static String text(Buffer body) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body.getBytes()))
                .toString();
    }

    public static Buffer write(Object value) {
        if (value instanceof Written written) {
            return JsonOutput.render(written);
        }
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
