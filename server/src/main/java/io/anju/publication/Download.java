package io.anju.publication;

import io.anju.platform.http.Reply;
import io.anju.publication.Publication.Runs;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** A publication on its way to a client: the head, then run after run of rows, each read when it is wanted. */
final class Download implements Reply.Chunks {
    private final PublicationService service;
    private final Publication publication;
    private final Form form;
    private int sent;
    private boolean hasHead;
    private boolean hasTail;

    Download(PublicationService service, Publication publication, Form form) {
        this.service = service;
        this.publication = publication;
        this.form = form;
    }

    @Override
    public Future<Buffer> next() {
        if (!hasHead) {
            hasHead = true;
            return Future.succeededFuture(lines(form.head(publication.statement(), publication.signature())));
        }
        if (sent < publication.total()) {
            return service.rows(publication, Run.of(sent + 1)).map(this::page);
        }
        boolean isDone = hasTail;
        hasTail = true;
        return Future.succeededFuture(isDone ? Buffer.buffer() : lines(form.tail()));
    }

    private Buffer page(List<String> rows) {
        if (rows.size() != Math.min(Runs.ROWS, publication.total() - sent)) {
            throw new IllegalStateException("rows of publication " + publication.id() + " are missing");
        }
        var text = new StringBuilder();
        for (var content : rows) {
            sent++;
            text.append(line(content, sent == publication.total())).append('\n');
        }
        return Buffer.buffer(text.toString());
    }

    private String line(String content, boolean isLast) {
        return form == Form.CSV
                ? content
                : form.row(
                        Row.parse(content)
                                .orElseThrow(() ->
                                        new IllegalStateException("not a row in publication " + publication.id())),
                        isLast);
    }

    private static Buffer lines(List<String> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return Buffer.buffer(text.toString());
    }
}
