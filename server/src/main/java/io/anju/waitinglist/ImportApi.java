package io.anju.waitinglist;

import io.anju.api.RegisterImportOperations;
import io.anju.api.model.RegistrationImport;
import io.anju.api.model.RegistrationImportState;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** The contract's side of imports. */
public final class ImportApi implements RegisterImportOperations {
    private final ImportService service;
    private final Once once;

    public ImportApi(ImportService service, Once once) {
        this.service = service;
        this.once = once;
    }

    @Override
    public Future<Reply<RegistrationImport>> importRegistrations(
            Request request, CityCaller caller, String programme, boolean goOnWithFaults) {
        return once.run(
                request,
                () -> service.prepare(
                        caller, programme, goOnWithFaults, request.upload().content(), request.now()),
                (tx, prepared) -> service.start(tx, caller, prepared)
                        .map(ImportApi::toContract)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<RegistrationImport>> getRegistrationImport(Request request, CityCaller caller, UUID importId) {
        return service.get(caller, importId).map(ImportApi::toContract).map(Reply::of);
    }

    @Override
    public Future<Reply<Buffer>> downloadRegistrationImportReport(Request request, CityCaller caller, UUID importId) {
        return service.get(caller, importId).map(one -> {
            var report = service.report(one, request.language().tag());
            Reply<Buffer> file = Reply.stream(report::next, "text/csv");
            return file.withHeader("Content-Disposition", "attachment; filename=\"import-" + one.id() + ".csv\"");
        });
    }

    private static RegistrationImport toContract(RegisterImport one) {
        return new RegistrationImport(
                one.id(),
                one.list().cityCode(),
                one.list().programme(),
                one.goOn(),
                one.sizeBytes(),
                one.sha256(),
                RegistrationImportState.of(one.state().id()),
                one.rowsRead(),
                one.faultyRows(),
                one.entered(),
                one.requestedAt(),
                one.finishedAt());
    }
}
