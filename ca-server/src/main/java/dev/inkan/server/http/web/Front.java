package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.http.web.view.JapaneseDates;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What every handler can use: who comes, how screens are shown, the bank's calendar, time, chance.
 */
record Front(
    Visits visits,
    Screens screens,
    IssuancePolicy policy,
    JapaneseDates dates,
    Clock clock,
    SecureRandom random) {}
