package io.anju.platform.time;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads calendar documents. */
final class CalendarFiles {
    private static final int FIRST_SHIPPED = 2024;
    private static final int LAST_SHIPPED = 2027;

    private static final ObjectMapper YAML =
            YAMLMapper.builder().addModule(new JavaTimeModule()).build();

    private CalendarFiles() {}

    static List<WorkingYear> shipped() {
        var documents = new ArrayList<WorkingYear>();
        for (var year = FIRST_SHIPPED; year <= LAST_SHIPPED; year++) {
            documents.add(shipped("/calendar/cn-" + year + ".yaml"));
        }
        return documents;
    }

    private static WorkingYear shipped(String name) {
        try (var file = CalendarFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the calendar " + name + " is missing");
            }
            return YAML.readValue(file, WorkingYear.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the calendar " + name + " cannot be read", e);
        }
    }

    static List<WorkingYear> in(Path folder) {
        var documents = new ArrayList<WorkingYear>();
        try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (var file : files) {
                documents.add(YAML.readValue(file.toFile(), WorkingYear.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the calendars in " + folder + " cannot be read", e);
        }
        return documents;
    }
}
