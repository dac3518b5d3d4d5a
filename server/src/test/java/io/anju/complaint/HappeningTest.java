package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told to those who follow events is what the operators' guide declares. */
class HappeningTest {
    @Test
    void the_guide_declares_every_topic_and_no_other() throws IOException {
        var guide = Files.readString(Path.of("docs/complaints.md"));
        var declared = Pattern.compile("`(complaint\\.[a-z-]+)` ")
                .matcher(guide.substring(guide.indexOf("## Events")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        var told = Stream.of(Happening.Kind.values())
                .filter(kind -> !kind.isInside())
                .map(Happening.Kind::topic)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(declared).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(Happening.Kind.class)
    void the_name_in_the_contract_reads_back(Happening.Kind kind) {
        assertThat(Happening.Kind.of(kind.id())).isEqualTo(kind);
    }
}
