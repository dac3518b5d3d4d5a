package io.anju.publication;

import io.anju.platform.http.Reply;
import io.anju.publication.Publication.Runs;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** A publication on its way to a client: the head, then run after run of rows, each read when it is wanted. */
final class Download implements Reply.Chunks {
    private static final int SENT_AT_ONCE_BYTES = 1 << 16;

    private final PublicationService service;
    private final Publication publication;
    private final Form form;
    private Buffer run = Buffer.buffer();
    private int at;
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
        if (at < run.length()) {
            return Future.succeededFuture(slice());
        }
        if (sent < publication.total()) {
            int after = sent;
            return service.pieces()
                    .piece(
                            publication,
                            form,
                            after,
                            () -> service.rows(publication, Run.of(after + 1)).map(rows -> page(rows, after)))
                    .map(found -> {
                        run = found;
                        at = 0;
                        sent = Math.min(after + Runs.ROWS, publication.total());
                        return slice();
                    });
        }
        boolean isDone = hasTail;
        hasTail = true;
        return Future.succeededFuture(isDone ? Buffer.buffer() : lines(form.tail()));
    }

    /** Short enough for a thousand clients that take their time: each holds so much of the server's memory. */
    private Buffer slice() {
        int from = at;
        at = Math.min(run.length(), from + SENT_AT_ONCE_BYTES);
        return run.slice(from, at);
    }

    private Buffer page(List<String> rows, int after) {
        if (rows.size() != Math.min(Runs.ROWS, publication.total() - after)) {
            throw new IllegalStateException("rows of publication " + publication.id() + " are missing");
        }
        var text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(rows.get(i), after + i + 1 == publication.total())).append('\n');
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
