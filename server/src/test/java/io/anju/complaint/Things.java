package io.anju.complaint;

import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import io.anju.testing.Tenancies;
import java.util.Map;

/**
 * A tenant with a lease, a home and a payment, all of which may be complained about.
 *
 * @param ids by the type of the subject
 */
record Things(Tenancies.Tenant tenant, Map<String, String> ids) {
    static Things of(Anju anju) {
        var tenancies = new Tenancies(anju, Desk.of(anju, "city", "3702"));
        var tenant = tenancies.tenant();
        var home = tenancies.home(Letting.QINGDAO.home());
        var from = anju.clock().today();
        var until = from.plusYears(3).minusDays(1);
        var lease = tenancies.let(tenancies.order(Letting.QINGDAO, home, tenant, from, until));
        var biller = new Biller();
        anju.domains().payments.usePayables(biller);
        var payer = Payer.of(anju, tenant.token());
        var paid = payer.pays(null, biller.bill(anju, 62_500, payer.id()));
        return new Things(
                tenant,
                Map.of(
                        "lease",
                        lease,
                        "home",
                        home,
                        "payment",
                        paid.path("paymentId").asText()));
    }
}
