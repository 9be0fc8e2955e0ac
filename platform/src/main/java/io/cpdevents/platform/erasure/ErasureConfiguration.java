package io.cpdevents.platform.erasure;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures how a service that {@link ForgetsPeople} does so when accounts-service asks. */
@AutoConfiguration(
    after = io.cpdevents.platform.messaging.MessagingConfiguration.class,
    before = io.cpdevents.platform.operations.OperationsConfiguration.class)
@ConditionalOnBean(JdbcClient.class)
public class ErasureConfiguration {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** A person waits for the answer, and Stripe is away for less. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofHours(1);

  @Bean
  ErasureTasks erasureTasks(JdbcClient jdbc, Clock business) {
    return new ErasureTasks(jdbc, business, Clock.systemUTC());
  }

  @Bean
  @ConditionalOnBean(ForgetsPeople.class)
  PeopleToErase peopleToErase(
      InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    return new PeopleToErase(clients, accountsUrl);
  }

  @Bean
  @ConditionalOnBean(ForgetsPeople.class)
  MailedReceipts mailedReceipts(Outbox outbox) {
    return new MailedReceipts(outbox);
  }

  @Bean
  @ConditionalOnBean(ForgetsPeople.class)
  AnswerErasures answerErasures(
      ErasureTasks tasks,
      ForgetsPeople service,
      TransactionTemplate transaction,
      Outbox outbox,
      Clock clock) {
    return new AnswerErasures(tasks, service, transaction, outbox, clock);
  }

  @Bean
  @ConditionalOnBean(ForgetsPeople.class)
  RecurringTask<Void> erasureSweep(AnswerErasures answerErasures) {
    return Jobs.sweep("answer-erasures", INTERVAL, answerErasures::handle);
  }

  @Bean
  @ConditionalOnBean(ForgetsPeople.class)
  StuckThreshold unansweredErasures() {
    return new StuckThreshold(
        "erasure-task",
        "unanswered",
        new Rows("erasure_task", "erasure_id", "answered_at IS NULL", "received_at", Time.BUSINESS),
        MAX_ANSWER_TIME);
  }
}
