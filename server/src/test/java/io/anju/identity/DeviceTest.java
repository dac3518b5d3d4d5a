package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
    @ParameterizedTest
    @CsvSource({
        "mini-program, Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49 MiniProgramEnv/android",
        "mini-program, Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) MicroMessenger/8.0.49 miniProgram",
        "android, Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0",
        "harmony, Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1",
        "ios, Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1",
        "ios, Anju/12 CFNetwork/1496 Darwin/23.5.0",
        "computer, Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
        "computer, Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5)",
        "other, axios/1.7.2",
        "other, curl/8.5.0",
    })
    void is_told_from_the_marks_of_its_system(String device, String userAgent) {
        assertThat(Device.ofUserAgent(userAgent).id()).isEqualTo(device);
        assertThat(Device.of(device)).isEqualTo(Device.ofUserAgent(userAgent));
    }

    @Test
    void looks_at_the_beginning_of_a_long_text_only() {
        assertThat(Device.ofUserAgent(" ".repeat(600) + "android")).isEqualTo(Device.OTHER);
        assertThat(Device.ofUserAgent(null)).isEqualTo(Device.OTHER);
    }
}
