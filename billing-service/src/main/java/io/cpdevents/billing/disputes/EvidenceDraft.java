package io.cpdevents.billing.disputes;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has been written and chosen as evidence so far. Pure.
 *
 * @param texts by their names in the API; none is empty
 * @param files those that have been chosen, one for each purpose
 */
record EvidenceDraft(Map<String, String> texts, List<File> files) {

  /** A file that was uploaded. */
  record File(UUID id, EvidencePurpose purpose, String stripeFileId, int sizeBytes) {}

  /** The most that a bank takes, all files together. */
  private static final int MAX_TOTAL_CHARACTERS = 150_000;

  private static final int MAX_TOTAL_FILE_BYTES = 4_718_592;

  /** Copies the collections. */
  EvidenceDraft {
    texts = Map.copyOf(texts);
    files = List.copyOf(files);
  }

  /**
   * The draft after somebody has gone on with it.
   *
   * @param given texts; an empty one clears
   * @param chosen instead of the files that were chosen before; null: they stay
   * @param uploaded all files of the dispute
   * @throws RuleViolation 400 for files that are not there or have the same purpose, and when all
   *     is more than a bank takes
   */
  EvidenceDraft with(Map<String, String> given, @Nullable List<UUID> chosen, List<File> uploaded) {
    Map<String, String> newTexts = new TreeMap<>(texts);
    newTexts.putAll(given);
    newTexts.values().removeIf(String::isBlank);
    List<FieldError> faults = new ArrayList<>();
    List<File> newFiles = chosen == null ? files : files(chosen, uploaded, faults);
    EvidenceDraft draft = new EvidenceDraft(newTexts, newFiles);
    draft.judgeSize(faults);
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    return draft;
  }

  /** Whether there is nothing that could be submitted. */
  boolean isEmpty() {
    return texts.isEmpty() && files.isEmpty();
  }

  /**
   * The request to Stripe, which names every field: an empty text clears what an earlier request
   * has set, also one whose answer was lost.
   */
  Map<String, String> toStripe() {
    Map<String, String> evidence = new TreeMap<>();
    EvidenceTexts.stripeNames().forEach(name -> evidence.put(name, ""));
    for (EvidencePurpose purpose : EvidencePurpose.values()) {
      evidence.put(purpose.stripeName(), "");
    }
    texts.forEach((name, text) -> evidence.put(EvidenceTexts.stripeName(name), text));
    files.forEach(file -> evidence.put(file.purpose().stripeName(), file.stripeFileId()));
    return evidence;
  }

  private static List<File> files(List<UUID> chosen, List<File> uploaded, List<FieldError> faults) {
    Set<EvidencePurpose> purposes = EnumSet.noneOf(EvidencePurpose.class);
    List<File> files = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      UUID id = chosen.get(i);
      String field = "fileIds[" + i + "]";
      File file = uploaded.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
      if (file == null) {
        faults.add(FieldProblem.NOT_FOUND.at(field));
      } else if (!purposes.add(file.purpose())) {
        faults.add(FieldProblem.PURPOSE_TAKEN.at(field));
      } else {
        files.add(file);
      }
    }
    return files;
  }

  private void judgeSize(List<FieldError> faults) {
    if (texts.values().stream().mapToInt(String::length).sum() > MAX_TOTAL_CHARACTERS) {
      faults.add(FieldProblem.WRONG_LENGTH.at("fields"));
    }
    if (files.stream().mapToInt(File::sizeBytes).sum() > MAX_TOTAL_FILE_BYTES) {
      faults.add(FieldProblem.TOO_LARGE.at("fileIds"));
    }
  }
}
