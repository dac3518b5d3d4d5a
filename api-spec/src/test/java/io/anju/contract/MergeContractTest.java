package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeContractTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void puts_the_parts_into_one_document() throws IOException {
        write("anju.yaml", "{openapi: 3.0.3, paths: {}, tags: []}");
        write("a.yaml", "{tags: [{name: a}], paths: {/v1/a: {get: {}}}, components: {schemas: {A: {type: object}}}}");
        write("b.yaml", "{tags: [{name: b}], paths: {/v1/b: {get: {}}}}");

        var merged = new MergeContract().merge(folder);

        assertThat(merged.path("paths").properties()).hasSize(2);
        assertThat(merged.path("tags")).hasSize(2);
        assertThat(merged.at("/components/schemas/A/type").asText()).isEqualTo("object");
    }

    @Test
    void refuses_what_two_parts_define() throws IOException {
        write("anju.yaml", "{openapi: 3.0.3, paths: {}}");
        write("a.yaml", "{components: {schemas: {Thing: {type: object}}}}");
        write("b.yaml", "{components: {schemas: {Thing: {type: string}}}}");

        assertThatThrownBy(() -> new MergeContract().merge(folder))
                .hasMessageContaining("b.yaml")
                .hasMessageContaining("Thing");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
