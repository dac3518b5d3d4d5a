package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.anju.api.model.BoundIdentity;
import io.anju.testing.Seeds;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of the contract writes itself byte for byte as the general mapper writes it. */
class JsonOutputTest {
    private static final int ROUNDS = 40;
    private static final int DEEPEST = 4;
    private static final List<String> TEXTS =
            List.of("", "a", "王**", "\"\\/\b\f\n\r\t\u0000\u001f\u007f", "é߿ࠀ￿𠀀😀", "x".repeat(3000), "{", "[,]");

    private final long seed = Seeds.of(JsonOutputTest.class);
    private final Random random = new Random(seed);

    @Test
    void every_record_of_the_contract_is_written_as_the_mapper_writes_it() throws Exception {
        var records = new ClassFileImporter()
                .importPackages("io.anju.api.model").stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .toList();
        assertThat(records).hasSizeGreaterThan(200).allMatch(Written.class::isAssignableFrom);
        for (Class<?> type : records) {
            for (int i = 0; i < ROUNDS; i++) {
                assertSame((Written) record(type, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T12:00:00Z",
                "2026-11-22T23:59:59.1Z",
                "2024-02-29T00:00:00.000001Z",
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.120Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z"
            })
    void instants_of_all_ages(String text) throws Exception {
        assertSame(new BoundIdentity("王**", "3702************17", Instant.parse(text), null));
    }

    @Test
    void refuses_half_a_character_as_the_mapper_does() {
        for (String half : List.of("\ud800", "\udc00", "a\ud83d", "\ud83da")) {
            var broken = new BoundIdentity(half, "", Instant.EPOCH, null);
            assertThatThrownBy(() -> Json.write(broken)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Json.write(new BoundIdentity("after", "", Instant.EPOCH, null))
                        .toString())
                .as("what failed leaves nothing behind")
                .startsWith("{\"maskedName\":\"after\"");
    }

    @Test
    void a_value_may_render_another_while_it_is_written() {
        Written outer = output -> {
            output.beginObject();
            output.field(
                    "inner",
                    Json.write(new BoundIdentity("a", "b", Instant.EPOCH, null)).length());
            output.endObject();
        };
        assertThat(Json.write(outer)).isEqualTo(Buffer.buffer("{\"inner\":74}"));
    }

    private void assertSame(Written value) throws Exception {
        assertThat(JsonOutput.render(value).toString(StandardCharsets.UTF_8))
                .as("%s, seed %d", value.getClass().getSimpleName(), seed)
                .isEqualTo(new String(Json.mapper().writeValueAsBytes(value), StandardCharsets.UTF_8));
    }

    private Object record(Class<?> type, int depth) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean optional = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = optional && (depth >= DEEPEST || random.nextInt(3) == 0)
                    ? null
                    : value(components[i].getGenericType(), depth);
        }
        return constructor.newInstance(values);
    }

    private Object value(Type type, int depth) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return container(generic, depth);
        }
        var plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain, depth + 1);
        }
        if (plain.isEnum()) {
            var constants = plain.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        return scalar(plain);
    }

    private Object container(ParameterizedType type, int depth) throws ReflectiveOperationException {
        int size = depth >= DEEPEST ? 0 : random.nextInt(3);
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            var items = new ArrayList<Object>();
            for (int i = 0; i < size; i++) {
                items.add(value(arguments[0], depth + 1));
            }
            return items;
        }
        var entries = new LinkedHashMap<String, Object>();
        for (int i : IntStream.range(0, size).toArray()) {
            entries.put(i + text(), value(arguments[1], depth + 1));
        }
        return entries;
    }

    private Object scalar(Class<?> type) {
        if (type == String.class) {
            return text();
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt();
        } else if (type == long.class || type == Long.class) {
            return random.nextLong();
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(3) * 120_000L);
        } else if (type == LocalDate.class) {
            return LocalDate.ofEpochDay(random.nextInt(60_000));
        } else if (type == BigDecimal.class) {
            return BigDecimal.valueOf(random.nextLong(), random.nextInt(12) - 3);
        } else if (type == JsonNode.class) {
            return Json.mapper().createObjectNode().put("x", text()).putNull("n");
        }
        throw new IllegalArgumentException("no values of " + type + " are drawn here");
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
