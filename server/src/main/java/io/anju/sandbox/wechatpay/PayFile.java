package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.sandbox.wechatpay.PayBook.Charge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened at WeChat Pay, a line for each change, so that it outlives the process: a merchant's own books do, and would
 * ask about orders that nobody knew any more. Notices that wait are not kept; their delivery is never guaranteed.
 */
final class PayFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .build();

    private final @Nullable Path file;

    private PayFile(@Nullable Path file) {
        this.file = file;
    }

    /** Keeps nothing. */
    static PayFile none() {
        return new PayFile(null);
    }

    static PayFile in(Path file) {
        return new PayFile(file);
    }

    /**
     * One change.
     *
     * @param numbers how many numbers were given out by then
     */
    record Line(
            long numbers,
            @Nullable PayOrder order,
            @Nullable Charge charge,
            @Nullable PayRefund refund) {}

    void add(Line line) {
        if (file != null) {
            try {
                Files.writeString(
                        file,
                        JSON.writeValueAsString(line) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Gives all lines in their order; a last one that was cut off never happened, and is taken away. */
    void read(Consumer<Line> each) {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                text = text.substring(0, whole);
                Files.writeString(file, text);
            }
            text.lines().map(PayFile::line).forEach(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        try {
            return JSON.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what WeChat Pay knew is damaged", e);
        }
    }
}
