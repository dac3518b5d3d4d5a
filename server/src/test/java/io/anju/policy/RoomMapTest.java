package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The map that stands in {@code package-info.java}: so many classes in one room are found by it or not at all. */
class RoomMapTest {
    private static final Path ROOM = Path.of("src", "main", "java", "io", "anju", "policy");
    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)}");

    @Test
    void each_class_of_the_room_stands_in_one_place_of_its_map() throws IOException {
        assertThat(onTheMap()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(inTheRoom());
    }

    private static List<String> onTheMap() throws IOException {
        var text = Files.readString(ROOM.resolve("package-info.java"));
        var map = text.substring(text.indexOf("<dl>"), text.indexOf("</dl>")).replaceAll("\\n \\* *", " ");
        var names = new ArrayList<String>();
        CODE.matcher(map)
                .results()
                .forEach(found -> names.addAll(List.of(found.group(1).split(" +"))));
        return names;
    }

    private static List<String> inTheRoom() throws IOException {
        try (var files = Files.list(ROOM)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
    }
}
