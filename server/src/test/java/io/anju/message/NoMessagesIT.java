package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment without templates. */
class NoMessagesIT extends MessageCity {
    @RegisterExtension
    static final Anju anju = Anju.server()
            .with("ANJU_WECHAT_MESSAGE_RENT_DUE", "")
            .with("ANJU_WECHAT_MESSAGE_ARREARS", "")
            .with("ANJU_WECHAT_MESSAGE_PAYMENT", "");

    NoMessagesIT() {
        super(anju);
    }

    @Test
    void lists_none_takes_no_consent_sends_nothing_and_still_reads_on() {
        var let = let();
        var tenant = let.tenant();
        var all = anju.http().get(CONSENTS, token(tenant)).expect(200).json();
        assertThat(all.path("items")).isEmpty();
        reports(tenant, RENT_DUE, "accept").expect(422, "unknown-message-template");
        bill(let.month(0));
        requireNothingFor(tenant);
    }
}
