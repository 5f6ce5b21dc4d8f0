import { useMutation } from '@tanstack/react-query';
import { request } from '../../app/api.js';
import { useTongue } from '../../app/tongue.js';
import { Button, FailedState } from '../../design/index.js';

/** The same day as a PDF for a report. It is fetched with the key, which no link carries. */
export const ReadinessPdf = ({ day }: { readonly day: string }) => {
  const { say } = useTongue();
  const { error, isPending, mutate } = useMutation({
    mutationFn: async () => {
      const answer = await request(`/provider/readiness/${day}/page.pdf`, {});
      const address = URL.createObjectURL(await answer.blob());
      const link = document.createElement('a');
      link.href = address;
      link.download = `readiness-${day}.pdf`;
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <div className="actions">
      <Button state={isPending ? 'busy' : 'ready'} onPress={() => mutate()}>
        {say('provider.readiness.pdf')}
      </Button>
      {error !== null && <FailedState problem={error} />}
    </div>
  );
};
