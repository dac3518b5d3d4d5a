package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN | ZH_CN",
                "en | EN",
                "EN-gb | EN",
                "en-US,en;q=0.9,zh-CN;q=0.8 | EN",
                "zh-CN,zh;q=0.9,en;q=0.8 | ZH_CN",
                "en;q=0.3, zh;q=0.7 | ZH_CN",
                "fr, en;q=0.5 | EN",
                "fr | ZH_CN",
                "* | ZH_CN",
                "en;q=rubbish | ZH_CN",
                "en;q=0 | ZH_CN",
                ";;;,,, | ZH_CN",
            })
    void answers_in_english_only_where_it_is_preferred_to_chinese(String header, Language expected) {
        assertThat(Language.negotiate(header)).isEqualTo(expected);
    }

    @Test
    void answers_in_chinese_by_default_and_to_absurd_headers() {
        assertThat(Language.negotiate(null)).isEqualTo(Language.ZH_CN);
        assertThat(Language.negotiate("en,".repeat(1000))).isEqualTo(Language.ZH_CN);
    }
}
