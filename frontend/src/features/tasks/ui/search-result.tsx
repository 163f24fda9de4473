import { memo } from "react";
import { excerptOf, rangesOf } from "../model/text-match";
import { MarkedText } from "./marked-text";
import { Row, type TaskRowProps } from "./task-row";

interface SearchResultProps extends TaskRowProps {
  readonly terms: readonly string[];
}

/** A row that says why it was found. */
export const SearchResult = memo(function SearchResult({ terms, ...row }: SearchResultProps) {
  const { title, description } = row.task;
  const excerpt = excerptOf(description, terms);
  return (
    <Row
      {...row}
      title={<MarkedText text={title} ranges={rangesOf(title, terms)} />}
      excerpt={
        excerpt && (
          <p className="order-last col-start-2 -col-end-1 -mt-1 -ml-3 line-clamp-2 pb-2 text-[12.5px] text-ink-3 phone:mt-0.5 phone:pb-0">
            <MarkedText {...excerpt} />
          </p>
        )
      }
    />
  );
});
