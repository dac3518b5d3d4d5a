package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.Test;

class ParsingTest {
    @Test
    void the_contract_parses_without_a_warning() {
        var result = parse(Contract.text());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.0.3");
    }

    @Test
    void a_reference_to_nothing_is_a_warning() {
        var broken = Contract.text().replaceFirst("#/components/schemas/Problem\"", "#/components/schemas/Probelm\"");

        assertThat(new Contract().root().toString()).doesNotContain("Probelm");
        assertThat(References.missing(broken)).containsExactly("#/components/schemas/Probelm");
        assertThat(References.missing(Contract.text())).isEmpty();
    }

    private static io.swagger.v3.parser.core.models.SwaggerParseResult parse(String text) {
        var options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readContents(text, null, options);
    }
}
