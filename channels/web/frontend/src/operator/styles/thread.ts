import { css } from 'lit';

/** A conversation with its head, log and composer, and what stands beside it. */
export const thread = css`
  desk-thread {
    container: thread / inline-size;
  }

  .thread-pane {
    display: flex;
    flex-direction: column;
    height: 100%;
    background: var(--bg);
  }

  .thread-pane > .blank {
    padding: 24px 16px;
    color: var(--muted);
    text-align: center;
  }

  .thread-pane.blank {
    justify-content: center;
    gap: 10px;
    max-width: 560px;
    margin: 0 auto;
    padding: 24px;
    background: none;
  }

  .thread-head {
    display: flex;
    align-items: center;
    gap: 8px 12px;
    flex: none;
    padding: 8px 12px 8px 16px;
    border-block-end: 1px solid var(--border);
  }

  .thread-title {
    flex: 1 1 200px;
    min-width: 0;
  }

  .thread-title h2 {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .thread-title p {
    color: var(--muted);
    font-size: 0.88em;
  }

  .owner-queued {
    color: var(--danger);
    font-weight: 600;
  }

  .owner-operator {
    color: var(--ok);
    font-weight: 600;
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  .back {
    display: none;
  }

  .log-frame {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 0;
  }

  .log {
    flex: 1;
    min-height: 0;
    padding: 16px 20px 8px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .log:focus-visible {
    outline-offset: -3px;
  }

  .day {
    margin: 6px 0 14px;
    color: var(--muted);
    font-size: 0.85em;
    text-align: center;
  }

  .day span {
    padding: 2px 12px;
    border-radius: 10px;
    background: var(--surface);
  }

  .turn {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: min(80%, 620px);
    margin-block-end: 12px;
  }

  .turn.by-operator,
  .turn.by-bot,
  .turn.note {
    align-items: flex-end;
    margin-inline-start: auto;
  }

  .who {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 0 4px 3px;
    color: var(--muted);
    font-size: 0.84em;
  }

  .quoted {
    max-width: 100%;
    margin: 0 4px 3px;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--border);
    color: var(--muted);
    font-size: 0.84em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .who .icon {
    width: 15px;
    height: 15px;
  }

  .said {
    min-width: 0;
    max-width: 100%;
    padding: 9px 14px;
    border-radius: 4px 14px 14px;
    background: var(--surface);
    overflow-wrap: anywhere;
  }

  .text {
    white-space: pre-wrap;
  }

  .by-operator .said {
    border-radius: 14px 4px 14px 14px;
    background: var(--accent);
    color: var(--on-accent);
  }

  .by-operator .said a {
    color: inherit;
  }

  .by-bot .said {
    border: 1px solid var(--border);
    border-radius: 14px 4px 14px 14px;
    background: var(--bg);
  }

  .by-operator .said.with-card,
  .by-bot .said.with-card,
  .service-preview .said.with-card {
    width: 100%;
    padding: 12px 14px;
    border: 1px solid var(--border);
    border-radius: 14px 4px 14px 14px;
    background: var(--bg);
    color: var(--text);
    font-size: 0.93em;
  }

  .said.with-card a {
    color: var(--accent-text);
  }

  .turn.note .said {
    border: 1px dashed var(--warning-edge);
    border-radius: 10px;
    background: var(--warning);
    color: var(--warning-text);
  }

  .turn.note .said a {
    color: inherit;
  }

  .unsent .said {
    opacity: 0.85;
  }

  .found .said,
  .line.found p {
    outline: 3px solid var(--warning-edge);
    outline-offset: 2px;
  }

  .meta {
    margin: 2px 4px 0;
    color: var(--muted);
    font-size: 0.8em;
  }

  .guess {
    margin: 3px 4px 0;
    color: var(--muted);
    font-size: 0.8em;
    overflow-wrap: anywhere;
  }

  .share {
    padding: 0 6px;
    border: 1px solid var(--border);
    border-radius: 8px;
    font-variant-numeric: tabular-nums;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 6px;
    margin-block: 6px 2px;
    list-style: none;
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 2px 12px;
    border: 1px solid var(--border);
    border-radius: 14px;
    color: var(--muted);
    font-size: 0.88em;
  }

  .choice.chosen {
    border-color: var(--accent-text);
    background: var(--accent-soft);
    color: var(--text);
    font-weight: 600;
  }

  .choice .icon {
    width: 15px;
    height: 15px;
  }

  .line {
    margin: 4px 0 14px;
    color: var(--muted);
    font-size: 0.87em;
    text-align: center;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0 8px;
    font-size: 0.9em;
  }

  .failure p {
    width: 100%;
    margin-block-start: 4px;
    color: var(--danger);
    font-weight: 600;
    text-align: end;
  }

  .typing {
    flex: none;
    min-height: 22px;
    padding: 0 20px;
    color: var(--muted);
    font-size: 0.87em;
    font-style: italic;
  }

  .jump {
    position: absolute;
    inset-block-end: 10px;
    inset-inline-start: 50%;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 16px;
    border: 0;
    border-radius: 20px;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: var(--shadow);
    transform: translateX(-50%);
  }

  .jump .icon {
    width: 18px;
    height: 18px;
  }

  @container thread (max-width: 460px) {
    .thread-head {
      flex-wrap: wrap;
    }

    .thread-head .thread-title {
      flex-basis: 70%;
    }

    .thread-head .tools {
      width: 100%;
      justify-content: flex-end;
    }
  }

  @container thread (max-width: 640px) {
    .tools .tool-text {
      display: none;
    }

    .tools .tool-button {
      min-width: 40px;
      padding: 0;
    }
  }

  @media (max-width: 719.98px) {
    .back {
      display: inline-flex;
    }

    .thread-head {
      padding: 6px 8px;
    }

    .log {
      padding-inline: 12px;
    }

    .turn {
      max-width: 90%;
    }

    .thread-pane.blank {
      justify-content: flex-start;
    }
  }
`;
