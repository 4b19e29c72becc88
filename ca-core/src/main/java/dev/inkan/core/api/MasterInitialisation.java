package dev.inkan.core.api;

import java.util.Optional;

/**
 * ログインID・パスワード初期化 (C3), done or to be done.
 *
 * @param letter empty after a dry run
 */
public record MasterInitialisation(
    Master before, Optional<Letter> letter, int sessionsEnded, int applicationsCancelled) {}
