package io.anju.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PayBillsIT {
    private static final String BILL = "/v3/bill/tradebill?bill_date=2026-03-04&bill_type=ALL";

    @RegisterExtension
    final Pay pay = new Pay();

    @Test
    void the_bill_of_a_day_is_there_from_ten_o_clock_of_the_next() {
        assertThat(pay.merchant.get(BILL).code()).isEqualTo("INVALID_REQUEST");
        pay.paid("ORDER-0001", 5600);
        pay.clock.set(pay.clock.today().plusDays(1), LocalTime.of(9, 59, 59));
        assertThat(pay.merchant.get(BILL).code()).isEqualTo("STATEMENT_CREATING");
        pay.clock.advance(Duration.ofSeconds(1));
        assertThat(pay.merchant.get(BILL).status()).isEqualTo(200);
        assertThat(pay.merchant.get(BILL.replace("03-04", "03-03")).code()).isEqualTo("NO_STATEMENT_EXIST");
        pay.clock.advanceDays(100);
        assertThat(pay.merchant.get(BILL).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void amounts_are_in_yuan_and_fields_begin_with_a_back_tick() throws Exception {
        dayWithARefund();
        var bill = pay.merchant.get(BILL).json();
        var content = download(bill.path("download_url").asText()).http().body();
        assertThat(sha1(content)).isEqualTo(bill.path("hash_value").asText());
        var lines = List.of(new String(content, StandardCharsets.UTF_8).split("\r\n"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("交易时间,公众账号ID,商户号").endsWith("费率备注");
        assertThat(lines.get(0).split(",")).hasSize(27);
        assertThat(lines.get(1))
                .startsWith("`2026-03-04 09:00:00,`wxsimulated0000001,`1900000001,`0,`,`42")
                .contains(",`ORDER-0001,`oPayer,`JSAPI,`SUCCESS,`OTHERS,`CNY,`56.05,`0.00,`0,`0,`0.00,`0.00,`,`,")
                .endsWith(",`0.34000,`0.60%,`56.05,`0.00,`");
        assertThat(lines.get(2))
                .contains(",`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50", ",`REFUND-1,`6.00,`0.00,`ORIGINAL,`PROCESSING,`")
                .endsWith(",`-0.04000,`0.60%,`0.00,`6.00,`");
        assertThat(lines.get(4)).isEqualTo("`2,`56.05,`6.00,`0.00,`0.30000,`56.05,`6.00");
    }

    @Test
    void the_digest_is_that_of_the_unzipped_file() throws Exception {
        dayWithARefund();
        var bill = pay.merchant.get(BILL + "&tar_type=GZIP").json();
        var zipped = download(bill.path("download_url").asText()).http().body();
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            assertThat(sha1(in.readAllBytes()))
                    .isEqualTo(bill.path("hash_value").asText());
        }
    }

    @Test
    void a_link_dies_and_needs_a_signature_while_it_lives() {
        dayWithARefund();
        pay.arm(Effect.BILL_LINK_SECONDS, 1, "30");
        var url = pay.merchant.get(BILL).json().path("download_url").asText();
        var path = url.substring(pay.simulators.url().length());
        assertThat(pay.merchant.send("GET", path, "", null, null).code()).isEqualTo("SIGN_ERROR");
        pay.clock.advance(Duration.ofSeconds(30));
        assertThat(download(url).status()).isEqualTo(200);
        pay.clock.advance(Duration.ofSeconds(1));
        assertThat(download(url).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_bill_is_cut_short_or_has_another_digest_on_demand() throws Exception {
        dayWithARefund();
        for (var effect : List.of(Effect.TRUNCATED_BILL, Effect.WRONG_DIGEST)) {
            pay.arm(effect, 1, "");
            var bill = pay.merchant.get(BILL).json();
            var content = download(bill.path("download_url").asText()).http().body();
            assertThat(sha1(content))
                    .as(effect.name())
                    .isNotEqualTo(bill.path("hash_value").asText());
        }
    }

    @Test
    void plants_faults_on_demand() {
        dayWithARefund();
        pay.arm(Effect.BILL_DEFECT, 1, "unknown-payment,wrong-refund-amount,unreadable-line");
        var bill = pay.merchant.get(BILL).json();
        var lines = List.of(download(bill.path("download_url").asText()).body().split("\r\n"));
        assertThat(lines).hasSize(7);
        assertThat(lines.get(2)).contains("`6.01");
        assertThat(lines.get(3)).contains("`U99");
        assertThat(lines.get(6)).startsWith("`3,`112.10,`6.01");
    }

    private void dayWithARefund() {
        pay.paid("ORDER-0001", 5605);
        pay.merchant.post(
                "/v3/refund/domestic/refunds", Merchant.refund("ORDER-0001", "REFUND-1", 600, 5605, pay.notifyUrl()));
        pay.clock.set(pay.clock.today().plusDays(1), LocalTime.of(10, 0));
    }

    private Merchant.Reply download(String url) {
        var uri = URI.create(url);
        return pay.merchant.get(uri.getRawPath() + "?" + uri.getRawQuery());
    }

    private static String sha1(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    }
}
