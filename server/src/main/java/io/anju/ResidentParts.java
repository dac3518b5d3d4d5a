package io.anju;

import io.anju.application.Applications;
import io.anju.arrears.ArrearsFiles;
import io.anju.complaint.Complaints;
import io.anju.identity.AllFiles;
import io.anju.identity.IdentityService;
import io.anju.identity.ResidentFiles;
import io.anju.lease.LeaseFiles;
import io.anju.lease.LeaseService;
import io.anju.message.MessageFiles;
import io.anju.payment.PaymentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.proxy.ProxyFiles;
import io.anju.publication.PublishedFiles;
import io.anju.publicity.PublicityFiles;
import io.anju.rent.RentFiles;
import io.anju.review.ReviewFiles;
import io.anju.rights.RightsFiles;
import io.anju.verification.VerificationFiles;
import io.anju.waitinglist.RegisterFiles;
import java.util.List;

/** What each domain keeps about residents, put together: a new domain with personal data adds its part here. */
record ResidentParts(
        Vault vault, IdentityService identity, Applications applications, LeaseService leases, Complaints complaints) {
    ResidentFiles all() {
        var service = applications.service();
        return new AllFiles(List.of(
                identity.accountFiles(),
                applications.residentFiles(),
                new ReviewFiles(vault, service),
                new VerificationFiles(vault, service),
                new PublicityFiles(vault, service),
                new RegisterFiles(vault),
                new PublishedFiles(),
                new LeaseFiles(identity),
                new RentFiles(leases),
                new PaymentFiles(),
                new MessageFiles(),
                new ArrearsFiles(vault),
                new ProxyFiles(vault),
                complaints.residentFiles(),
                new RightsFiles(vault)));
    }
}
