package io.anju.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.Simulators;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PaySignaturesIT {
    private static final String PATH = "/v3/pay/transactions/out-trade-no/ORDER-0001?mchid=" + PayKeys.MERCHANT_ID;

    @RegisterExtension
    final Pay pay = new Pay();

    @Test
    void takes_a_request_that_the_merchant_signed() {
        pay.order("ORDER-0001", 5600);
        assertThat(pay.merchant.get(PATH).json().path("trade_state").asText()).isEqualTo("NOTPAY");
    }

    @Test
    void refuses_a_request_without_a_signature() {
        requireRefused(null);
        requireRefused("Bearer something");
    }

    @Test
    void refuses_a_signature_over_something_else() {
        requireRefused(pay.merchant.authorization("POST", PATH, ""));
        requireRefused(pay.merchant.authorization("GET", PATH + "1", ""));
        requireRefused(pay.merchant.authorization("GET", PATH, "{}"));
    }

    @Test
    void refuses_a_signature_of_an_unknown_certificate() {
        requireRefused(pay.merchant.authorization("GET", PATH, "", pay.clock.instant(), "0123456789ABCDEF"));
    }

    @Test
    void refuses_a_clock_that_is_more_than_five_minutes_off() {
        var serial = PayKeys.get().merchantSerial();
        for (var off : new long[] {-301, 301}) {
            requireRefused(pay.merchant.authorization(
                    "GET", PATH, "", pay.clock.instant().plusSeconds(off), serial));
        }
        var almost =
                pay.merchant.authorization("GET", PATH, "", pay.clock.instant().minusSeconds(300), serial);
        assertThat(pay.merchant.send("GET", PATH, "", almost, null).status()).isEqualTo(404);
    }

    @Test
    void refuses_a_request_that_was_overheard() {
        var authorization = pay.merchant.authorization("GET", PATH, "");
        assertThat(pay.merchant.send("GET", PATH, "", authorization, null).status())
                .isEqualTo(404);
        requireRefused(authorization);
    }

    @Test
    void signs_answers_and_errors_with_the_key_that_the_merchant_has() throws Exception {
        var keys = PayKeys.get();
        var publicKey = Merchant.publicKey(keys.platformPublicKeyPem());
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(keys.platformCertificatePem().getBytes(StandardCharsets.US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSerialNumber().toString(16)).isEqualToIgnoringCase(keys.platformCertificateSerial());

        pay.order("ORDER-0001", 5600);
        for (var path : new String[] {PATH, PATH.replace("0001", "0002")}) {
            var byKey = pay.merchant.get(path);
            assertThat(byKey.header("Wechatpay-Serial")).isEqualTo(keys.platformPublicKeyId());
            assertThat(byKey.isSignedBy(publicKey)).isTrue();
            assertThat(byKey.isSignedBy(certificate.getPublicKey())).isFalse();

            var byCertificate = pay.merchant.send(
                    "GET", path, "", pay.merchant.authorization("GET", path, ""), keys.platformCertificateSerial());
            assertThat(byCertificate.header("Wechatpay-Serial")).isEqualTo(keys.platformCertificateSerial());
            assertThat(byCertificate.isSignedBy(certificate.getPublicKey())).isTrue();
        }
    }

    @Test
    void hands_out_its_certificate_encrypted() {
        var one = pay.merchant.get("/v3/certificates").json().path("data").path(0);
        assertThat(Merchant.open(one.path("encrypt_certificate")))
                .isEqualTo(PayKeys.get().platformCertificatePem());
    }

    @Test
    void forges_an_answer_when_asked_to() {
        pay.arm(PaySwitches.Effect.FORGE_ANSWER, 1, "");
        var publicKey = Merchant.publicKey(PayKeys.get().platformPublicKeyPem());
        assertThat(pay.merchant.get(PATH).isSignedBy(publicKey)).isFalse();
        assertThat(pay.merchant.get(PATH).isSignedBy(publicKey)).isTrue();
    }

    @Test
    void pays_only_what_the_merchant_signed_for_the_mini_program() {
        var prepayId = pay.merchant
                .post("/v3/pay/transactions/jsapi", Merchant.order("ORDER-0003", 5600, pay.notifyUrl()))
                .json()
                .path("prepay_id")
                .asText();
        var timeStamp = String.valueOf(pay.clock.instant().getEpochSecond());
        var message = String.join("\n", Simulators.APP_ID, timeStamp, "nonce1", "prepay_id=" + prepayId);
        var body = """
                {"timeStamp":"%s","nonceStr":"nonce1","package":"prepay_id=%s","signType":"RSA","paySign":"%s"}""";
        var forged = body.formatted(timeStamp, prepayId, pay.merchant.sign("other"));
        assertThat(pay.merchant
                        .send("POST", "/control/wechat-pay/payments", forged, null, null)
                        .status())
                .isEqualTo(409);
        var signed = body.formatted(timeStamp, prepayId, pay.merchant.sign(message + "\n"));
        assertThat(pay.merchant
                        .send("POST", "/control/wechat-pay/payments", signed, null, null)
                        .json()
                        .path("paidFen")
                        .asLong())
                .isEqualTo(5600);
    }

    private void requireRefused(@Nullable String authorization) {
        var reply = pay.merchant.send("GET", PATH, "", authorization, null);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("SIGN_ERROR");
    }
}
