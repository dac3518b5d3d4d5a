package io.anju.publication;

import io.anju.api.PublicationOperations;
import io.anju.api.model.PublicationFile;
import io.anju.api.model.PublicationOrder;
import io.anju.api.model.PublicationPage;
import io.anju.api.model.PublicationProof;
import io.anju.api.model.PublicationSummary;
import io.anju.api.model.PublishWaitingListRequest;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of publications. */
public final class PublicationApi implements PublicationOperations {
    private static final String LIST = "listPublications";
    /** A newer publication may come at any time; one that is there never changes. */
    private static final String FOR_A_MINUTE = "public, max-age=60";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final PublicationService service;
    private final Once once;
    private final Cursors cursors;

    public PublicationApi(PublicationService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<PublicationOrder>> publishWaitingList(
            Request request, CityCaller caller, PublishWaitingListRequest body) {
        return once.run(
                request,
                tx -> service.publish(tx, caller, body.programme(), body.period(), body.reason(), request.now())
                        .map(asked -> Reply.of(new PublicationOrder(
                                asked.id(),
                                asked.list().cityCode(),
                                asked.list().programme(),
                                asked.period(),
                                asked.requestedAt()))));
    }

    @Override
    public Future<Reply<PublicationPage>> listPublications(
            Request request, String cityCode, String programme, @Nullable String cursor, int limit) {
        var name = String.join("/", LIST, cityCode, programme);
        return service.list(new ListKey(cityCode, programme), cursors.uuid(name, cursor), limit + 1)
                .map(found -> Reply.of(page(found, name, limit)).withHeader("Cache-Control", FOR_A_MINUTE));
    }

    private PublicationPage page(List<Publication> found, String name, int limit) {
        var page = cursors.page(name, found, limit, last -> last.id());
        return new PublicationPage(page.as(PublicationApi::summary), page.nextCursor());
    }

    private static PublicationSummary summary(Publication publication) {
        return new PublicationSummary(
                publication.id(),
                publication.list().cityCode(),
                publication.list().programme(),
                publication.period(),
                publication.asOf(),
                publication.publishedAt(),
                publication.total(),
                publication.root());
    }

    @Override
    public Future<Reply<io.anju.api.model.Publication>> getLatestPublication(
            Request request, String cityCode, String programme) {
        return service.latest(new ListKey(cityCode, programme))
                .map(publication -> Reply.of(toContract(publication)).withContentTag(publication.root(), FOR_A_MINUTE));
    }

    @Override
    public Future<Reply<io.anju.api.model.Publication>> getPublication(Request request, UUID publicationId) {
        return service.get(publicationId)
                .map(publication -> Reply.of(toContract(publication)).withContentTag(publication.root(), FOR_EVER));
    }

    @Override
    public Future<Reply<Buffer>> downloadPublicationCsv(Request request, UUID publicationId) {
        return download(publicationId, Form.CSV);
    }

    @Override
    public Future<Reply<PublicationFile>> downloadPublicationJson(Request request, UUID publicationId) {
        return download(publicationId, Form.JSON);
    }

    private <T> Future<Reply<T>> download(UUID publicationId, Form form) {
        return service.get(publicationId).map(publication -> {
            Reply<T> file = Reply.stream(new Download(service, publication, form), form.mediaType());
            return file.withContentTag(publication.root(), FOR_EVER)
                    .withHeader("Content-Disposition", "attachment; filename=\"" + name(publication, form) + '"');
        });
    }

    private static String name(Publication publication, Form form) {
        var list = publication.list();
        return String.join("-", list.cityCode(), list.programme(), publication.period()) + '.' + form.extension();
    }

    private static io.anju.api.model.Publication toContract(Publication publication) {
        return new io.anju.api.model.Publication(
                publication.id(),
                publication.list().cityCode(),
                publication.list().programme(),
                publication.period(),
                publication.asOf(),
                publication.publishedAt(),
                publication.policyDigest(),
                publication.total(),
                publication.root(),
                publication.statement(),
                publication.keyId(),
                publication.publicKey(),
                publication.signature());
    }

    @Override
    public Future<Reply<PublicationProof>> getMyProof(
            Request request, ResidentCaller caller, UUID applicationId, @Nullable UUID publicationId) {
        return service.prove(caller, applicationId, publicationId)
                .map(proof -> Reply.of(new PublicationProof(
                        UUID.fromString(proof.publicationId()),
                        (int) proof.index(),
                        (int) proof.size(),
                        proof.row(),
                        proof.salt(),
                        proof.registrationId(),
                        proof.applicationId(),
                        proof.path(),
                        proof.root())));
    }
}
