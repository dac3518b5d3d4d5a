package io.anju.arrears;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Wallet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What households of a {@link RandomYear} do, over HTTP and in their model at once. */
abstract class YearCity extends TwoTenants {
    private final Anju anju;
    private final Letting letting;
    private final ModelCity rules;
    private @Nullable Desk second;

    YearCity(Anju anju, Letting letting, ModelCity rules) {
        super(anju, letting);
        this.anju = anju;
        this.letting = letting;
        this.rules = rules;
    }

    /**
     * @param random of its own: each household is a history for itself
     * @param keepsPlans whether instalments are paid when they are due
     * @param paysAfterVoid whether nothing is paid before it was decided whether its subsidy is void
     * @param orders what was paid in WeChat
     */
    record Household(
            Let let,
            YearModel model,
            Random random,
            boolean keepsPlans,
            boolean paysAfterVoid,
            List<ModelOrder> orders) {
        UUID leaseId() {
            return UUID.fromString(let.leaseId());
        }
    }

    Household household(Random random, boolean paysAfterVoid) {
        return new Household(
                let(),
                new YearModel(rules, anju.clock().today()),
                random,
                random.nextBoolean(),
                paysAfterVoid,
                new ArrayList<>());
    }

    /** Another official than the one who proposes. */
    private Desk second() {
        if (second == null) {
            second = Desk.of(anju, "city", letting.area());
        }
        return second;
    }

    void pays(Household one, long fen, LocalDate today) {
        pay(one.let(), fen);
        one.model().pay(today, fen);
    }

    /** Pays some of what is overdue in WeChat, so that it can be asked back. */
    void orders(Household one, LocalDate today) {
        var model = one.model();
        var ids = model.debts(today);
        if (ids.isEmpty()) {
            return;
        }
        var fen = model.overdueFen(today);
        orders(one, one.random().nextBoolean() ? fen : 1 + one.random().nextInt((int) fen), today);
    }

    void orders(Household one, long part, LocalDate today) {
        var model = one.model();
        var ids = model.debts(today);
        var payment = wallet(one)
                .pays(part, ids.stream().map(UUID::toString).toList())
                .path("paymentId")
                .asText();
        one.orders().add(model.order(payment, today, part, ids));
    }

    /** Asks for a payment back, all of it or a part; more than that is refused. */
    void getsBack(Household one, LocalDate today) {
        var open = one.orders().stream().filter(order -> order.leftFen > 0).toList();
        if (open.isEmpty()) {
            return;
        }
        var order = open.get(one.random().nextInt(open.size()));
        var tooMuch = Map.of("amountFen", order.leftFen + 1, "reason", "退租结清");
        anju.http()
                .post("/v1/payments/" + order.paymentId + "/refunds", token(one.let()), tooMuch)
                .expect(409, "refund-above-payment");
        var fen = one.random().nextBoolean() ? order.leftFen : 1 + one.random().nextInt((int) order.leftFen);
        wallet(one).getsBack(city, fen, order.paymentId);
        one.model().refund(order, fen, today);
    }

    private Wallet wallet(Household one) {
        return new Wallet(anju, letting.area(), token(one.let()));
    }

    /** One proposes to give a debt up and another decides; what is paid in between is not given up. */
    void giveUp(Household one, LocalDate today) {
        var model = one.model();
        var id = model.oldestDebt(today);
        if (id == null) {
            return;
        }
        var debt = model.bill(id).openFen();
        var fen = 1 + one.random().nextInt((int) debt);
        var path = "/v1/staff/bills/" + id + "/write-offs";
        city.post(path, Map.of("amountFen", debt + 1, "reason", "无遗产")).expect(409, "nothing-due");
        var proposed = city.post(path, Map.of("amountFen", fen, "reason", "无遗产"))
                .expect(201)
                .json();
        if (one.random().nextBoolean()) {
            pays(one, 1 + one.random().nextInt((int) debt), today);
        }
        var approves = one.random().nextInt(4) > 0;
        var decision = Map.of("decision", approves ? "approve" : "refuse", "reason", "已核实");
        var decided = "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision";
        city.post(decided, decision).expect(409, "second-person-needed");
        second().post(decided, decision).expect(200);
        second().post(decided, decision).expect(409, "write-off-decided");
        if (approves) {
            model.giveUp(id, fen, today);
        }
    }

    /** An official takes a part of any bill back; more than is left of it is refused. */
    void takesBack(Household one, LocalDate today) {
        var bill = toCredit(one);
        var most = bill.creditableFen();
        var path = "/v1/staff/bills/" + bill.id + "/credit-notes";
        city.post(path, Map.of("amountFen", most + 1, "reason", "停水减免")).expect(409, "credited-already");
        if (most > 0) {
            var fen = 1 + one.random().nextInt((int) most / (1 + one.random().nextInt(4)) + 1);
            var part = Math.min(most, fen);
            city.post(path, Map.of("amountFen", part, "reason", "停水减免")).expect(200);
            one.model().takeBack(bill.id, part, today);
        }
    }

    /** Every second time one that is paid in part, or whose subsidy is void, if there is one. */
    private static ModelBill toCredit(Household one) {
        var all = List.copyOf(one.model().bills.values());
        var delicate = all.stream()
                .filter(bill -> bill.voidOn != null || bill.paidFen() > 0 && bill.openFen() > 0)
                .toList();
        var which = delicate.isEmpty() || one.random().nextBoolean() ? all : delicate;
        return which.get(one.random().nextInt(which.size()));
    }

    /** Whether the subsidy is void: one endorses or refuses, another approves or refuses. */
    void decides(Household one, LocalDate today) {
        var model = one.model();
        var open = model.voids.open();
        if (open == null) {
            return;
        }
        var path = "/v1/staff/arrears-proposals/" + voidOf(one) + "/decision";
        city.post(path, Map.of("decision", "approve", "reason", "已核实")).expect(409, "arrears-second-person");
        var isEndorsed = open.state.equals("endorsed");
        var refuses = one.random().nextInt(5) == 0;
        var agrees = isEndorsed ? "approve" : "endorse";
        var who = isEndorsed ? second() : city;
        var answer = who.post(path, Map.of("decision", refuses ? "refuse" : agrees, "reason", "已核实"));
        if (refuses) {
            answer.expect(200);
            open.state = "refused";
        } else if (model.relief.isPaused(today)) {
            answer.expect(409, "arrears-paused");
        } else if (!ModelVoids.isWanted(model.overdue(today))) {
            answer.expect(409, "arrears-proposal-lapsed");
        } else {
            answer.expect(200);
            open.state = isEndorsed ? "approved" : "endorsed";
            if (isEndorsed) {
                model.makeVoid(today);
            }
        }
    }

    private UUID voidOf(Household one) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT proposal_id FROM arrears.proposal WHERE lease_id = $1 AND kind = 'subsidy-void' AND state IN ('proposed', 'endorsed')",
                                row -> row.getUUID("proposal_id"),
                                one.leaseId()))
                .orElseThrow();
    }

    void reads(Household one, LocalDate today) {
        mine(one.let());
        told(one.model().ladder, today);
    }

    private static void told(ModelLadder ladder, LocalDate today) {
        if (ladder.isNoticed() && ladder.noticeReached == null) {
            ladder.noticeReached = today;
        }
    }

    void letter(Household one, LocalDate today) {
        if (one.model().ladder.isNoticed() && one.model().ladder.noticeReached == null) {
            var step = Anju.await(anju.db()
                            .find(
                                    "SELECT s.step_id FROM arrears.step s JOIN arrears.arrears_case c USING (case_id) WHERE c.lease_id = $1 AND c.tenant_from = $2 AND c.closed_on IS NULL AND s.rung = 'formal-notice'",
                                    row -> row.getUUID("step_id"),
                                    one.leaseId(),
                                    one.model().from))
                    .orElseThrow();
            city.post(
                            "/v1/staff/arrears-steps/" + step + "/deliveries",
                            Map.of("channel", "letter", "deliveredOn", today.toString()))
                    .expect(201);
            told(one.model().ladder, today);
        }
    }

    void pause(Household one, LocalDate today) {
        if (one.model().hasCase && one.model().overdueFen(today) > 0) {
            var to = today.plusDays(3 + one.random().nextInt(25));
            var path = "/v1/staff/arrears-cases/" + caseOf(one) + "/pauses";
            city.post(path, Map.of("reason", "hospital", "from", today.toString(), "to", to.toString(), "note", "住院"))
                    .expect(200);
            one.model().relief.pauses.add(new ModelRelief.Pause(today, to, null));
        }
    }

    private UUID caseOf(Household one) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT case_id FROM arrears.arrears_case WHERE lease_id = $1 AND tenant_from = $2 AND closed_on IS NULL",
                                row -> row.getUUID("case_id"),
                                one.leaseId(),
                                one.model().from))
                .orElseThrow();
    }

    void ask(Household one, String kind, LocalDate today) {
        var model = one.model();
        var isPlan = kind.equals("instalment-plan");
        var count = 2 + one.random().nextInt(3);
        var until = today.plusDays(5 + one.random().nextInt(50));
        var body = isPlan
                ? Map.of("kind", kind, "reason", "失业", "instalments", count)
                : Map.of("kind", kind, "reason", "失业", "until", until.toString());
        var answer =
                anju.http().post("/v1/me/leases/" + one.let().leaseId() + "/arrears-requests", token(one.let()), body);
        if (model.relief.isRelieved(today)) {
            answer.expect(409, "arrears-request-waits");
        } else if (model.overdueFen(today) == 0) {
            answer.expect(409, "nothing-overdue");
        } else if (isPlan && model.overdueFen(today) < count || !isPlan && model.relief.deferredOn != null) {
            answer.expect(422, "relief-beyond-rules");
        } else {
            var id = UUID.fromString(answer.expect(201).json().path("requestId").asText());
            var grants = one.random().nextInt(4) > 0;
            city.post(
                            "/v1/staff/arrears-requests/" + id + "/decision",
                            Map.of("decision", grants ? "grant" : "decline", "reason", "已核实"))
                    .expect(200);
            if (grants && isPlan) {
                model.relief.grantPlan(id, count, today, model.bills);
            } else if (grants) {
                model.relief.defer(id, until, today);
            }
        }
    }

    /** Complains about the lease, or gets an answer. */
    void complain(Household one) {
        var relief = one.model().relief;
        if (relief.complaintIsOpen) {
            var path = "/v1/staff/complaints/" + Objects.requireNonNull(relief.complaint);
            city.post(path + "/acceptance", Map.of("accepted", true)).expect(200);
            city.post(path + "/reply", Map.of("text", "经核查，账单无误。")).expect(200);
            relief.complaintIsOpen = false;
        } else if (relief.complaint == null || one.random().nextBoolean()) {
            var body = Map.of(
                    "cityCode", letting.cityCode(),
                    "kind", "complaint",
                    "category", "rent-and-fees",
                    "text", "三月账单多收了一个月租金。",
                    "subject", Map.of("type", "lease", "subjectId", one.let().leaseId()));
            var answer = anju.http().post("/v1/complaints", token(one.let()), body);
            if (!rules.takesComplaints()) {
                answer.expect(422, "complaints-not-taken");
                return;
            }
            relief.complaint = UUID.fromString(
                    answer.expect(201).json().at("/complaint/complaintId").asText());
            relief.complaintIsOpen = true;
        }
    }
}
