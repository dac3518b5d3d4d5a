package io.anju.waitinglist;

import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.Home;
import io.anju.waitinglist.Registration.Reason;
import java.time.LocalDate;

/** An exit as it is to be written down. */
public record RegistrationExit(ExitType type, LocalDate occurredOn, Reason reason, Home home) {}
