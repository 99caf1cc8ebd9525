import { DataText } from './data-text.js';

/** A message of the program, which may quote data: its lines as paragraphs, everything else made visible. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/\r?\n/).map((line, index) => (
        <p key={index}>
          <DataText text={line} max={2000} expandable />
        </p>
      ))}
    </>
  );
}
