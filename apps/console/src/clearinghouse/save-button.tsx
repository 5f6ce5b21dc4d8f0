import { useState } from 'react';
import { saveFile } from '../app/save-file.js';
import { Button, FailedState } from '../design/index.js';

/** Keeps a document as a file; who did so is on record. */
export const SaveButton = ({
  at,
  name,
  children,
}: {
  readonly at: string;
  readonly name: string;
  readonly children: string;
}) => {
  const [problem, setProblem] = useState<unknown>();
  return (
    <>
      <Button
        onPress={() => {
          setProblem(undefined);
          void saveFile(at, name).catch(setProblem);
        }}
      >
        {children}
      </Button>
      {problem !== undefined && <FailedState problem={problem} />}
    </>
  );
};
